"""What bodies did about documents: who acted, by which verb, and whether it was done or only ordered."""
