"""The plan page: make a plan, see whether it fits, log what was done, and look at it from six sides.

Start at ``page``; one file for each part of the page. Pure are ``wishes`` and ``days_off`` (the form's values),
``options`` (the ways out in words), ``sittings`` (today in words), ``diff`` (a new version as a table), and the views:
``timeline``, ``week``, ``month``, ``burn_up``, ``graph`` and ``table``.
"""
