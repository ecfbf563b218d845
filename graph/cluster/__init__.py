"""Work that is too much for one machine, done by the executors of a Spark cluster."""
