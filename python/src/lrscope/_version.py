"""The version, equal to that of the server that offers this client."""

__version__ = "0.1.0"
