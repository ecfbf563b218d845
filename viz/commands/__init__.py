"""The commands, by what they work on: files, a graph on disk, its answers, its views; and the options that several share."""
