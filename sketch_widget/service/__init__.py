"""The DashScope dialect: what may be asked, how it is spelled on the wire, and one HTTP call a method."""
