"""Published documents in: finds what is printed in a file, and what table it is."""
