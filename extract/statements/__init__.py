"""What a text says: relations between documents, actions of bodies, tasks with their deadlines."""
