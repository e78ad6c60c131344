"""Publications: the Secretaría's lasting compilations, which stay as they were published."""
