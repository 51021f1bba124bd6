"""Pages in the shapes that publishing systems give them, made for the tests: an article, and what stands around it.

Each page holds the same paragraphs of an article (`KEPT`) and, around them, sentences that are no part of it (`LEFT`):
related links, notices of cookies, captions, asides, menus, comments. A main-text extractor is measured by both.
"""

from __future__ import annotations

KEPT = (
    "Two missiles struck the centre of Zaporizhzhia on Monday, killing two people, the regional governor said.",
    "Rescuers searched the rubble through the night, and the mayor declared a day of mourning for the victims.",
    "In Kherson, shelling wounded four people on Sunday, according to the regional administration.",
    "The defence ministry did not comment on the strikes, which came days before talks on grain exports.",
)
LEFT = {
    "related": "Gunmen kill six villagers near Bokkos in central Nigeria",
    "cookies": "We value your privacy. We and our partners store information on a device in Paris. Accept all.",
    "caption": "Rescue workers in Mariupol in March 2022. Photo: Agency",
    "aside": "Sign up for our newsletter from London every morning and never miss a story from Brussels.",
    "menu": "World Africa Sudan Kabul Opinion",
    "footer": "Copyright Meridian Post. Offices in Geneva and Nairobi.",
    "comment": "A reader from Warsaw wrote: they bombed us in Dresden too, in my view.",
}
P = "".join(f"<p>{text}</p>" for text in KEPT)
NAV = f"<nav><ul><li><a href=/w>{LEFT['menu']}</a></li></ul></nav>"
FOOT = f"<footer><p>{LEFT['footer']}</p></footer>"
COOKIES = f"<div id='cookie-banner' class='cookie-consent'><p>{LEFT['cookies']}</p><button>Accept</button></div>"
FIGURE = f"<figure><img src=a.jpg><figcaption>{LEFT['caption']}</figcaption></figure>"
LINKS = "".join(f"<li><a href=/{n}>{LEFT['related']}</a></li>" for n in range(3))
HEAD = (
    '<head><meta charset="utf-8"><title>Strike - The Meridian Post</title><meta property="og:title" content="Strike">'
    '<meta property="article:published_time" content="2023-03-14T08:00:00Z"></head>'
)


def page(body: str) -> str:
    return f"<!DOCTYPE html><html lang='en'>{HEAD}<body>{body}</body></html>"


HALF = (P[: P.index("<p>In Kherson")], P[P.index("<p>In Kherson") :])
PAGES = {
    "blog, classic": page(
        f"{NAV}{COOKIES}<div id='content'><div class='post hentry'><h1 class='entry-title'>Strike</h1>"
        f"<div class='entry-content'>{FIGURE}{P}<div class='sharedaddy'><h3>Share this:</h3></div>"
        f"<div id='jp-relatedposts' class='jp-relatedposts'><h3>Related</h3><ul>{LINKS}</ul></div></div></div>"
        f"<div id='comments' class='comments-area'><ol class='comment-list'><li class='comment'>"
        f"<p>{LEFT['comment']}</p>"
        f"</li></ol></div></div><div id='sidebar' class='widget-area'><p>{LEFT['aside']}</p></div>{FOOT}"
    ),
    "blog, blocks": page(
        f"{NAV}<main><article class='post'><header><h1>Strike</h1></header>"
        f"<div class='entry-content wp-block-post-content'>{HALF[0]}<div class='wp-block-group related'>"
        f"<h2>Read more</h2><ul>{LINKS}</ul></div>{HALF[1]}</div></article>"
        f"<section class='comments'><p>{LEFT['comment']}</p></section></main>{COOKIES}{FOOT}"
    ),
    "portal of fields": page(
        f"{COOKIES}{NAV}<div class='region region-content'><div class='node node--type-article'><div "
        f"class='field field--name-body'>{P}</div><div class='field field--name-field-related'>"
        f"<div class='field__label'>"
        f"Related</div><ul>{LINKS}</ul></div></div></div><div class='region region-sidebar'><p>{LEFT['aside']}"
        f"</p></div>{FOOT}"
    ),
    "newsletter": page(
        f"<div class='main-menu'><a href=/>{LEFT['menu']}</a></div><article class='gh-article'>"
        f"<section class='gh-content'>"
        f"{P}</section></article><section class='gh-subscribe'><p>{LEFT['aside']}</p></section>{FOOT}"
    ),
    "long reads": page(
        f"{NAV}<article><section><div><h1>Strike</h1>{P}</div></section></article><div><h2>More from us</h2>"
        f"<div><a href=/1><h3>{LEFT['related']}</h3></a><a href=/2><h3>{LEFT['related']}</h3></a></div></div>{FOOT}"
    ),
    "data attributes": page(
        f"{NAV}<main id='main-content'><article><header data-component='headline-block'><h1>Strike</h1></header>"
        + "".join(f"<div data-component='text-block'><div><p>{text}</p></div></div>" for text in KEPT)
        + f"<div data-component='image-block'>{FIGURE}</div><div data-component='links-block'><ul>{LINKS}</ul></div>"
        f"</article><section data-component='related'><h2>Related</h2><ul>{LINKS}</ul></section></main>{FOOT}"
    ),
    "paragraphs in divisions": page(
        f"{NAV}<article class='article__main'><div class='article-body__content'>"
        + "".join(
            f"<div data-testid='paragraph-{n}' class='text__text article-body__paragraph'>{text}</div>"
            for n, text in enumerate(KEPT)
        )
        + f"</div><div class='read-next'><h3>Read Next</h3><ul>{LINKS}</ul></div></article>{COOKIES}{FOOT}"
    ),
    "story body": page(
        f"{NAV}<div class='Page-content'><div class='RichTextStoryBody'>{HALF[0]}<div class='Enhancement'>"
        f"<div class='PageListEnhancement'><h3>Related stories</h3><ul>{LINKS}</ul></div></div>{HALF[1]}</div></div>"
        f"<div class='Page-below'><p>{LEFT['aside']}</p></div>{FOOT}"
    ),
    "broadcaster": page(
        f"{COOKIES}{NAV}<main><div class='wysiwyg wysiwyg--all-content'>{HALF[0]}<div class='more-on'>"
        f"<h2>Recommended Stories"
        f"</h2><ul>{LINKS}</ul></div>{HALF[1]}</div><aside><p>{LEFT['aside']}</p></aside></main>{FOOT}"
    ),
    "portal of components": page(
        f"{NAV}<div class='item-page' itemscope><h2 itemprop='headline'>Strike</h2>"
        f"<div itemprop='articleBody'>{FIGURE}{P}</div>"
        f"</div><div class='moduletable'><p>{LEFT['aside']}</p></div>{FOOT}"
    ),
    "blogging service": page(
        f"<div class='header'>{LEFT['menu']}</div><div class='post-outer'><h3 class='post-title'>Strike</h3>"
        f"<div class='post-body entry-content'>{'<br><br>'.join(KEPT)}</div><div class='post-footer'><a href=/x>"
        f"{LEFT['related']}</a></div></div><div class='sidebar'><p>{LEFT['aside']}</p></div>{FOOT}"
    ),
    "accelerated": (
        f"<!doctype html><html amp lang='en'>{HEAD}<body><amp-consent id='c'><div><p>{LEFT['cookies']}</p></div>"
        f"</amp-consent>"
        f"<amp-sidebar><ul><li>{LEFT['menu']}</li></ul></amp-sidebar><main><article><h1>Strike</h1>"
        f"<amp-img src=a></amp-img>"
        f"{HALF[0]}<amp-list class='related'><div><a href=/1>{LEFT['related']}</a></div></amp-list>{HALF[1]}"
        f"</article></main>"
        f"{FOOT}</body></html>"
    ),
    "tables": page(
        f"<table><tr><td colspan=2><a href=/>{LEFT['menu']}</a></td></tr><tr><td width=150>"
        f"<a href=/1>{LEFT['related']}</a>"
        f"<br><a href=/2>{LEFT['related']}</a></td><td><font size=4>Strike</font>{P}</td></tr>"
        f"<tr><td colspan=2><font size=1>{LEFT['footer']}</font></td></tr></table>"
    ),
    "article in an aside": page(
        f"<div id='cookie'><p>{LEFT['cookies']}</p></div><header><nav><a href=#>{LEFT['menu']}</a></nav></header>"
        f"<aside class='layout-main'>{P}</aside>{FOOT}"
    ),
    "teasers as articles": page(
        f"{NAV}<div id='story'><h1>Strike</h1>{P}</div><section class='teasers'>"
        + "".join(
            f"<article class='teaser'><h3><a href=/{n}>{LEFT['related']}</a></h3><p>{LEFT['aside']}</p></article>"
            for n in range(4)
        )
        + f"</section>{FOOT}"
    ),
    "captions in divisions": page(
        f"{NAV}<article><h1>Strike</h1><div class='image'><img src=a><div class='caption'>{LEFT['caption']}</div>"
        f"</div>{P}"
        f"<div class='related-articles'><h4>Related articles</h4><ul>{LINKS}</ul></div>"
        f"<div class='newsletter-signup'><p>{LEFT['aside']}</p></div></article>{FOOT}"
    ),
}


def score(text: str) -> tuple[int, list[str]]:
    """Give how many of the article's paragraphs a text holds, and what it holds that is none of it."""
    squeezed = " ".join(text.split())
    return sum(kept in squeezed for kept in KEPT), [name for name, left in LEFT.items() if left in squeezed]
