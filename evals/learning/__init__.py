"""What is learned from questions and kept in the package."""
