"""sitegen: SEC joint filing agreements in, a citable static site of filing dossiers out."""

__version__ = "0.1.0"
