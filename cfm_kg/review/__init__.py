"""What people should look at after a build, and the file of what they decide."""
