"""The steps: ``vNNNN_what_it_brings.py``, in the order of their numbers."""
