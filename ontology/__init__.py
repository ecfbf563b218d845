"""What things are: vocabulary, shapes and authority tables in Turtle."""
