"""What normative documents say of law itself: what they change in others, when what is in force, who is to regulate what."""
