"""How QGIS draws a layer: its style document (QML), in the map's colours."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from geo.export.colours import COLOURS

_VERSION = "3.28.0-Firenze"  # the long-term release whose form this is; newer ones read it


def events() -> str:
    """Give the style of the events: a dot coloured by type, hollow where the tie to the place is weak (tier B)."""
    root = _root("categorizedSymbol", attr="type")
    renderer = root[0]
    categories, symbols = Xml.SubElement(renderer, "categories"), Xml.SubElement(renderer, "symbols")
    for number, (kind, colour) in enumerate(COLOURS.items()):
        label = kind.replace("_", " ").capitalize()
        Xml.SubElement(
            categories, "category", render="true", symbol=str(number), value=kind, label=label, type="string"
        )
        symbol = Xml.SubElement(symbols, "symbol", type="marker", name=str(number), alpha="1", clip_to_extent="1")
        layer = Xml.SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1", "locked": "0", "pass": "0"})
        _options(
            layer, name="circle", color=_rgba(colour), outline_color="255,255,255,255", outline_width="0.2", size="2.6",
            outline_style="solid", size_unit="MM", outline_width_unit="MM",
        )  # fmt: skip
        _hollow(layer, colour)
    return _text(root)


def areas() -> str:
    """Give the style of the areas: a thin outline with a light fill."""
    root = _root("singleSymbol")
    symbols = Xml.SubElement(root[0], "symbols")
    symbol = Xml.SubElement(symbols, "symbol", type="fill", name="0", alpha="1", clip_to_extent="1")
    layer = Xml.SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0", "pass": "0"})
    _options(
        layer, color="90,90,90,30", outline_color="90,90,90,160", outline_style="solid", outline_width="0.26",
        style="solid", outline_width_unit="MM",
    )  # fmt: skip
    return _text(root)


def _root(renderer: str, **attributes: str) -> Xml.Element:
    root = Xml.Element("qgis", version=_VERSION, styleCategories="Symbology")
    Xml.SubElement(root, "renderer-v2", {"type": renderer, "enableorderby": "0", "forceraster": "0"} | attributes)
    return root


def _hollow(layer: Xml.Element, colour: str) -> None:
    """Let fill and rim follow the row's tier."""
    told = Xml.SubElement(layer, "data_defined_properties")
    held = Xml.SubElement(told, "Option", type="Map")
    Xml.SubElement(held, "Option", type="QString", name="name", value="")
    properties = Xml.SubElement(held, "Option", type="Map", name="properties")
    for name, hollow, full in (
        ("fillColor", "255,255,255,0", _rgba(colour)),
        ("outlineColor", _rgba(colour), "255,255,255,255"),
    ):
        one = Xml.SubElement(properties, "Option", type="Map", name=name)
        Xml.SubElement(one, "Option", type="bool", name="active", value="true")
        Xml.SubElement(
            one, "Option", type="QString", name="expression", value=f"if(\"tier\" = 'B', '{hollow}', '{full}')"
        )
        Xml.SubElement(one, "Option", type="int", name="type", value="3")
    Xml.SubElement(held, "Option", type="QString", name="type", value="collection")


def _options(layer: Xml.Element, **given: str) -> None:
    held = Xml.SubElement(layer, "Option", type="Map")
    for name, value in given.items():
        Xml.SubElement(held, "Option", type="QString", name=name, value=value)


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def _text(root: Xml.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + Xml.tostring(root, encoding="unicode")
