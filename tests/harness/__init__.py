"""What the suites below tests/ share: a running server, a client that holds every answer against
the contract, and the record of what has been answered."""
