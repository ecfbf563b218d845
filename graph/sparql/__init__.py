"""Running anyone's SPARQL safely: screened, in a process that can be killed."""
