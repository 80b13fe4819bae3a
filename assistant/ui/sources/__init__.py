"""The sources page: add material, watch it being read, see what is there, search it.

Start at ``page``; one file for each part of the page. ``rows`` and ``wording`` are pure.
"""
