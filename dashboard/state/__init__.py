"""What the session, the address and the files hold."""
