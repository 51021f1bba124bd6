"""The read API: events, articles, places and changes for other programs; nothing is changed through it.

Documented in ``docs/api.md`` and by itself, as OpenAPI, at ``/api/v1/openapi.json``.
"""
