"""Putting data into a script element so that no text in it can end the script or start another."""

from __future__ import annotations

import json

# "</script" and "<!--" end or bend a script element; U+2028 and U+2029 ended lines in older JavaScript; "`", "${" and
# "{{" would be read by a template literal or by Jinja, should the text ever pass through one.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&'`${}\u2028\u2029\u007f"}


def json_in_script(value: object) -> str:
    r"""Give JSON that is also a JavaScript expression, safe inside ``<script>``.

    >>> json_in_script({"name": "</script>${x}"})
    '{"name":"\\u003c/script\\u003e\\u0024\\u007bx\\u007d"}'
    """
    encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return "".join(chunk.translate(_ESCAPES) if chunk.startswith('"') else chunk for chunk in _chunks(encoder, value))


def _chunks(encoder: json.JSONEncoder, value: object) -> list[str]:
    """Split JSON into strings (with their quotes) and what lies between: only strings may be escaped."""
    if isinstance(value, dict):
        parts = ["{"]
        for number, (key, item) in enumerate(value.items()):
            parts += ([","] if number else []) + [encoder.encode(str(key)), ":", *_chunks(encoder, item)]
        return [*parts, "}"]
    if isinstance(value, list | tuple):
        parts = ["["]
        for number, item in enumerate(value):
            parts += ([","] if number else []) + _chunks(encoder, item)
        return [*parts, "]"]
    return [encoder.encode(value)]
