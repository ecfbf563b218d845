"""Tables beside a generation's RDF, from which what is asked most is answered: the same rows as its SPARQL gives, sooner."""
