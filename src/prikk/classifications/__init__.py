"""Coded, hierarchical, dated lists: measures, ages, regions; with labels in several languages.

A classification is a CSV file, one row a code: ``code``, ``parent`` (empty at the top), ``label_nb``,
``label_en`` …, optionally ``from`` and ``to`` (whole years, both included: bands) and ``valid_from``,
``valid_to`` (dates, both included). The total of everything is implied; its code is ``TOTAL``.
"""

from prikk.classifications._model import Classification, Item
from prikk.classifications._read import load_classifications, read_classification, read_classifications

__all__ = ["Classification", "Item", "load_classifications", "read_classification", "read_classifications"]
