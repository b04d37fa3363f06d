"""Our attempts at what users ask: their states, their handles, and the loop that carries them."""
