"""What all documents say together. The only package that knows SQL."""
