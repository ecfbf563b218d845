"""Whom a text addresses: lists of bodies, offices of persons, and groups, as they are read wherever a name of one may begin."""
