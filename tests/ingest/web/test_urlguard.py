from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.web.policy import Policy
from ingest.web.refusals import Refusal, UrlRefused
from ingest.web.urlguard import Target, check_reference, check_url

PASS = [
    # Link, what it becomes
    ("https://example.org", "https://example.org/"),
    ("HTTP://EXAMPLE.ORG/Path", "http://example.org/Path"),
    ("https://example.org:443/", "https://example.org/"),
    ("http://example.org:80/", "http://example.org/"),
    ("http://example.org:/", "http://example.org/"),
    ("http://example.org:443/", "http://example.org:443/"),
    ("https://example.org:80/", "https://example.org:80/"),
    ("https://example.org/a?b=c&d=%20#frag", "https://example.org/a?b=c&d=%20"),
    ("https://example.org?q", "https://example.org/?q"),
    ("https://example.org/?", "https://example.org/?"),
    ("https://example.org#top", "https://example.org/"),
    ("https://example.org./", "https://example.org/"),
    ("https://sub_domain.example.org/", "https://sub_domain.example.org/"),
    ("https://r3---sn-x.example.org/", "https://r3---sn-x.example.org/"),
    ("https://1e100.net/", "https://1e100.net/"),
    ("https://127.0.0.1.nip.io/", "https://127.0.0.1.nip.io/"),  # the address behind it is refused later
    ("https://0x7f.example.org/", "https://0x7f.example.org/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
    ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://ｅｘａｍｐｌｅ.org/", "https://example.org/"),
    ("https://example。org/", "https://example.org/"),
    ("https://8.8.8.8/", "https://8.8.8.8/"),
    ("https://8.8.8.8./", "https://8.8.8.8/"),
    ("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"),
    ("https://[2606:4700:4700:0:0:0:0:1111]:443/", "https://[2606:4700:4700::1111]/"),
    ("https://example.org/a/../b/./c", "https://example.org/b/c"),
    ("https://example.org/a/%2e%2E/private/.", "https://example.org/private/"),
    ("https://example.org/../../x", "https://example.org/x"),
    ("https://example.org//double//slash", "https://example.org//double//slash"),
    ("https://example.org/%7euser/%c3%a9", "https://example.org/~user/%C3%A9"),
    ("https://example.org/café?q=é", "https://example.org/caf%C3%A9?q=%C3%A9"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ('https://example.org/<a>"b"', "https://example.org/%3Ca%3E%22b%22"),
    ("https://example.org/a@b:c;d", "https://example.org/a@b:c;d"),
    ("https://example.org/%0d%0aHost:x", "https://example.org/%0D%0AHost:x"),
    ("https://example.org/?u=http://10.0.0.1/", "https://example.org/?u=http://10.0.0.1/"),
]
REFUSED = {
    Refusal.SCHEME: [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.org",
        "ws://example.org/",
        "httpss://example.org/",
        "localhost:8080/x",
        "view-source:https://example.org/",
    ],
    Refusal.UNREADABLE: [
        "",
        "example.org",
        "example.org/page",
        "//example.org/",
        "/etc/passwd",
        "http:example.org",
        "http:/example.org",
        "http:///example.org",
        "http://",
        "http://?q",
        "http:x://example.org/",
        "1http://example.org/",
        "://example.org/",
    ],
    Refusal.TOO_LONG: ["https://example.org/" + "a" * 2_048],
    Refusal.HIDDEN_CHARACTERS: [
        " https://example.org/",
        "https://example.org/\n",
        "https://exam\tple.org/",
        "https://example.org/a b",
        "https://example.org\r\nHost: evil.example/",
        "java\nscript:alert(1)",
        "https://example.org/\x00",
        "https://example.org/\x7f",
        "https://example.org/\u00a0",
        "https://exa\u00admple.org/",
        "https://example.org/\u200b",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u2028",
        "https://example.org/\ufeff",
        "https://example.org/\ud800",
        "https://example.org/\U000e0041",
        "https://127.0.0.1\u3000.example.org/",
    ],
    Refusal.BACKSLASH: [
        "https:\\\\example.org\\",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/\\..\\x",
        "http://10.0.0.1\\.example.org/",
    ],
    Refusal.CREDENTIALS: [
        "https://user@example.org/",
        "https://user:password@example.org/",
        "https://@example.org/",
        "https://:@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org:80@127.0.0.1:80/",
        "https://a@b@example.org/",
        "https://[::1]@example.org/",
    ],
    Refusal.PORT: [
        "https://example.org:8443/",
        "http://example.org:22/",
        "http://example.org:8080/",
        "http://example.org:0/",
        "http://example.org:080/",
        "http://example.org:65616/",
        "http://example.org:99999999/",
        "http://8.8.8.8:8080/",
    ],
    Refusal.BAD_HOST: [
        "http://:80/",
        "http://./",
        "http://../",
        "http://.example.org/",
        "http://example..org/",
        "http://example.org../",
        "http://-example.org/",
        "http://example-.org/",
        "http://ex%61mple.org/",
        "http://%31%32%37.0.0.1/",
        "http://example.org%2f/",
        "http://exa$mple.org/",
        "http://example.org,evil.example/",
        "http://example.org:80:80/",
        "http://example.org:80a/",
        "http://example.org:+80/",
        "http://::1/",
        "http://[::1/",
        "http://::1]/",
        "http://[]/",
        "http://[::g]/",
        "http://[1.2.3.4]/",
        "http://[v1.x]/",
        "http://[[::1]]/",
        "http://[::1]x/",
        "http://xn--a/",
        "http://xn--0.example/",
        "http://XN--BUCHER-.example/",
        "http://℀.example/",
        "http://a\u0338.\u2488example/",
        "http://" + "a" * 64 + ".org/",
        "http://" + ".".join(["a" * 60] * 5) + "/",
    ],
    Refusal.NUMERIC_HOST: [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://0/",
        "http://0x/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://0x7f.0.0.1/",
        "http://0x7f.1/",
        "http://127.0.0.0x1/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://8.8.8/",
        "http://134744072/",
        "http://example.123/",
        "http://example.0xff/",
        "http://127.1./",
        "http://１２７.0.0.1/",
        "http://⑧.⑧.⑧.⑧/",
        "http://8。8。8。8/",
    ],
    Refusal.ZONE: ["http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[::1%251]/"],
    Refusal.LOCAL_NAME: [
        "http://localhost/",
        "http://LOCALHOST./",
        "http://intranet/",
        "http://com/",
        "http://0xg/",
        "http://printer.local/",
        "http://printer.LOCAL./",
        "http://metadata.google.internal/",
        "http://app.localhost/",
        "http://router.home.arpa/",
        "http://nas.lan/",
        "http://wiki.corp/",
        "http://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion/",
        "http://ｌｏｃａｌｈｏｓｔ/",
    ],
    Refusal.LOOPBACK: ["http://127.0.0.1/", "http://127.0.0.1./", "http://[::1]/", "http://127.0.0.1:22/"],
    Refusal.PRIVATE: ["http://10.0.0.1/", "http://192.168.1.1/admin", "http://[fd00::1]/"],
    Refusal.METADATA: ["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/"],
    Refusal.PLACEHOLDER: ["http://0.0.0.0/", "http://[::]/"],
    Refusal.HIDDEN_IPV4: ["http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/"],
}


def test_the_table_is_long_enough() -> None:
    assert len(PASS) + sum(map(len, REFUSED.values())) >= 120


@pytest.mark.parametrize(("url", "normal"), PASS)
def test_passes(url: str, normal: str) -> None:
    target = check_url(url, Policy())
    assert target.url == normal
    assert check_url(target.url, Policy()) == target


@pytest.mark.parametrize(("url", "reason"), [(url, reason) for reason, many in REFUSED.items() for url in many])
def test_refused(url: str, reason: Refusal) -> None:
    with pytest.raises(UrlRefused) as caught:
        check_url(url, Policy())
    assert caught.value.reason == reason


def test_the_parts_of_a_target() -> None:
    policy = Policy(ports=frozenset({443, 8443}))
    target = check_url("https://Docs.Example.org:8443/a?b#c", policy)
    assert target == Target("https", "docs.example.org", 8443, "/a?b")
    assert (target.origin, target.authority) == ("https://docs.example.org:8443", "docs.example.org:8443")
    assert target.address is None
    literal = check_url("https://[2606:4700::1]:8443/", policy)
    assert (literal.host, literal.authority, literal.address) == ("2606:4700::1", "[2606:4700::1]:8443", "2606:4700::1")
    assert check_url("https://8.8.8.8/", policy).address == "8.8.8.8"


def test_ports_are_the_policys() -> None:
    only_tls = Policy(ports=frozenset({443}))
    with pytest.raises(UrlRefused, match="port that is not allowed"):
        check_url("http://example.org/", only_tls)


def test_an_allowed_address_still_needs_its_port() -> None:
    policy = Policy(ports=frozenset({80, 8123}), allowed=frozenset({("127.0.0.1", 8123)}))
    assert check_url("http://127.0.0.1:8123/x", policy).url == "http://127.0.0.1:8123/x"
    with pytest.raises(UrlRefused, match="loopback address"):
        check_url("http://127.0.0.1/", policy)


REFERENCES = [
    ("next", "https://example.org/a/next"),
    ("/next?x=1", "https://example.org/next?x=1"),
    ("?page=2", "https://example.org/a/b?page=2"),
    ("../../../x", "https://example.org/x"),
    ("//other.example/x", "https://other.example/x"),
    ("http://other.example/x#y", "http://other.example/x"),
    ("", "https://example.org/a/b?c=d"),
]


@pytest.mark.parametrize(("reference", "url"), REFERENCES)
def test_references(reference: str, url: str) -> None:
    assert check_reference(check_url("https://example.org/a/b?c=d", Policy()), reference, Policy()).url == url


REFUSED_REFERENCES = [
    ("http://10.0.0.1/", Refusal.PRIVATE),
    ("//169.254.169.254/latest", Refusal.METADATA),
    ("//user@other.example/", Refusal.CREDENTIALS),
    ("//[::1", Refusal.UNREADABLE),
    ("\\\\other.example/x", Refusal.BACKSLASH),
    ("/\\other.example", Refusal.BACKSLASH),
    ("/a b", Refusal.HIDDEN_CHARACTERS),
    ("\thttps://other.example/", Refusal.HIDDEN_CHARACTERS),
    ("javascript:alert(1)", Refusal.SCHEME),
    ("file:///etc/passwd", Refusal.SCHEME),
    ("https://localhost/", Refusal.LOCAL_NAME),
]


@pytest.mark.parametrize(("reference", "reason"), REFUSED_REFERENCES)
def test_refused_references(reference: str, reason: Refusal) -> None:
    with pytest.raises(UrlRefused) as caught:
        check_reference(check_url("https://example.org/a/b", Policy()), reference, Policy())
    assert caught.value.reason == reason


_NASTY = st.text(st.sampled_from("htps:/\\@.[]%#?0x127ag-_é。①٣\u200b \n"), max_size=24)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(max_size=60), st.builds("http://{}".format, _NASTY), st.builds("https://a.example/{}".format, _NASTY)
    )
)
def test_any_text_is_refused_or_in_its_final_form(text: str) -> None:
    try:
        target = check_url(text, Policy())
    except UrlRefused:
        return
    assert check_url(target.url, Policy()) == target
    assert target.url.isascii()
    assert target.url.isprintable()
    assert " " not in target.url
