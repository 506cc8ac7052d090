from pathlib import Path

import pytest

from tracker.model import OwnRule
from tracker.registry import RegistryError, add_document, load

ACME = """
[vendors.acme]
name = "Acme Home"
home = "https://acme.example/"
"""
PRIVACY = """
[[vendors.acme.documents]]
kind = "privacy"
url = "https://acme.example/privacy"
"""


@pytest.fixture
def write(tmp_path):
    def write(content: str) -> Path:
        path = tmp_path / "vendors.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def problems_of(path) -> dict[str, str]:
    with pytest.raises(RegistryError) as caught:
        load(path)
    return {problem.key: problem.text for problem in caught.value.problems}


# --- what it gives ----------------------------------------------------------------------------------------------------------


def test_everything_a_document_can_say_reaches_the_model(write):
    path = write(
        ACME
        + """
[[vendors.acme.documents]]
kind = "privacy"
url = "https://acme.example/legal#privacy"
language = "en"
region = "EU"
schedule = "0 6 * * mon"
select = ["main", "#policy > .text"]
remove = [".promo"]
from = "Privacy Policy"
until = "Cookie Policy"
headers = { "Accept-Language" = "en" }
delay = 5
timeout = 60
id = "privacy-app"
"""
    )
    [document] = load(path).documents
    assert (document.name, document.vendor, document.kind) == ("acme/privacy-app", "Acme Home", "privacy")
    assert (document.url, document.home) == ("https://acme.example/legal#privacy", "https://acme.example/")
    assert (document.language, document.region, document.schedule) == ("en", "EU", "0 6 * * mon")
    assert (document.select, document.remove) == (("main", "#policy > .text"), (".promo",))
    assert (document.start, document.until) == ("Privacy Policy", "Cookie Policy")
    assert (document.headers, document.delay, document.timeout) == ({"Accept-Language": "en"}, 5.0, 60.0)


def test_a_document_is_named_by_vendor_key_kind_language_and_region(write):
    path = write(ACME + PRIVACY + 'language = "pt-BR"\nregion = "US-CA"\n')
    assert load(path).documents[0].name == "acme/privacy-pt-br-us-ca"


def test_a_changed_address_or_vendor_name_keeps_the_name_of_the_document(write):
    before = load(write(ACME + PRIVACY)).documents[0]
    after = load(
        write((ACME + PRIVACY).replace("Acme Home", "Acme Group").replace("/privacy", "/legal/privacy"))
    ).documents[0]
    assert after.name == before.name
    assert (after.vendor, after.url) == ("Acme Group", "https://acme.example/legal/privacy")


def test_a_vendor_known_by_its_home_only_waits_for_an_address(write):
    [document] = load(write(ACME)).documents
    assert (document.name, document.url, document.home) == ("acme/privacy", None, "https://acme.example/")


def test_documents_without_a_schedule_follow_the_one_of_the_settings(write):
    path = write('[settings]\nschedule = "6 hours"\n' + ACME + PRIVACY)
    assert load(path).documents[0].schedule == "6 hours"


def test_the_history_stands_beside_the_registry_unless_it_says_otherwise(write):
    path = write(ACME)
    assert load(path).settings.history == path.parent / "history.db"
    assert load(write('[settings]\nhistory = "kept/all.db"\n')).settings.history == path.parent / "kept/all.db"


def test_the_user_agent_tells_whom_to_write_to(write):
    settings = load(write('[settings]\ncontact = "you@acme.example"\n')).settings
    assert settings.contact == "mailto:you@acme.example"
    assert settings.user_agent.startswith("clausewatch/")
    assert settings.user_agent.endswith("(+mailto:you@acme.example)")


def test_an_empty_registry_watches_nobody(write):
    assert load(write("")).documents == ()


# --- what it refuses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ('uri = "https://acme.example/"', "uri", "did you mean url"),
        ('colour = "blue"', "colour", "expected one of kind, url"),
        ('url = "ftp://acme.example/privacy"', "url", "expected an address"),
        ('url = "/privacy"', "url", "expected an address"),
        ('url = "https:///privacy"', "url", "expected an address"),
        ('url = "https://me:secret@acme.example/"', "url", "without user name"),
        ('url = "https://acme.example/a b"', "url", "without spaces"),
        ('url = "https://acme.example:99999/"', "url", "expected an address"),
        ('url = "https://[::1/"', "url", "expected an address"),
        ('url = "https://-acme..example/"', "url", "expected an address"),
        ("url = 7", "url", "got 7"),
        ('kind = "Privacy Policy"', "kind", "lower-case letters"),
        ('id = "../etc"', "id", "lower-case letters"),
        ('language = "english"', "language", "a language tag"),
        ('language = "xx"', "language", "a language tag"),
        ('language = "EN"', "language", "a language tag"),
        ('region = "Europe"', "region", "a region"),
        ('region = "UK"', "region", 'the United Kingdom is "GB"'),
        ('region = "US-"', "region", "a region"),
        ('schedule = "daily"', "schedule", "expected an interval"),
        ('schedule = "0 0 31 2 *"', "schedule", "a date that exists"),
        ('select = "main"', "select", "a list of CSS selectors"),
        ("select = []", "select", "a list of CSS selectors"),
        ('select = ["main["]', "select", "a CSS selector"),
        ('select = ["a::before"]', "select", "a CSS selector"),
        ('remove = ["p:nonsense"]', "remove", "a CSS selector"),
        ('from = ""', "from", "expected a text"),
        ('headers = { "X Y" = "1" }', "headers", "a table of header names"),
        ('headers = { "X" = "1\\r\\nEvil: 2" }', "headers", "a table of header names"),
        ("delay = 0", "delay", "a number of seconds"),
        ("delay = true", "delay", "a number of seconds"),
        ("timeout = nan", "timeout", "a number of seconds"),
        ("timeout = inf", "timeout", "a number of seconds"),
    ],
)
def test_a_bad_value_in_a_document_is_named_with_what_is_expected(write, line, key, expected):
    content = ACME + PRIVACY
    given = line.split(" = ")[0]
    content = "\n".join(row for row in content.splitlines() if not row.startswith(f"{given} ="))
    problems = problems_of(write(f"{content}\n{line}\n"))
    assert list(problems) == [f"vendors.acme.documents[1].{key}"]
    assert expected in next(iter(problems.values()))


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ('contacts = "x"', "settings.contacts", "did you mean contact"),
        ('contact = "me"', "settings.contact", "a way to reach you"),
        ('delay = "1 s"', "settings.delay", "a number of seconds"),
        ("max_bytes = 3", "settings.max_bytes", "a number of bytes"),
        ('allow_networks = ["127.0.0.1/8"]', "settings.allow_networks", "a network"),
        ('allow_networks = "127.0.0.0/8"', "settings.allow_networks", "a list of networks"),
        ('resolve = { "acme.test" = "localhost" }', "settings.resolve", "host names and IP addresses"),
        ('schedule = "often"', "settings.schedule", "expected an interval"),
        ("history = 3", "settings.history", "expected a text"),
    ],
)
def test_a_bad_setting_is_named_with_what_is_expected(write, line, key, expected):
    problems = problems_of(write(f"[settings]\n{line}\n"))
    assert list(problems) == [key]
    assert expected in problems[key]


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ("vendor = 1", "vendor", "did you mean vendors?"),
        ("vendors = 1", "vendors", "one table for each vendor"),
        ("settings = 1", "settings", "expected a table"),
        ('[vendors."Acme Home"]\nhome = "https://acme.example/"', "vendors.Acme Home", "lower-case letters"),
        ("[vendors.acme]\nname = 'Acme'", "vendors.acme", "expected documents, or a home page"),
        ("[vendors]\nacme = 3", "vendors.acme", "expected a table"),
        ("[vendors.acme]\ndocuments = 'x'", "vendors.acme.documents", "for each document"),
        ("[vendors.acme]\ndocuments = ['x']", "vendors.acme.documents[1]", "expected a table"),
        ("[[vendors.acme.documents]]\nurl = 'https://acme.example/'", "vendors.acme.documents[1].kind", "missing"),
        (
            "[[vendors.acme.documents]]\nkind = 'privacy'",
            "vendors.acme.documents[1].url",
            "expected an address, or a home page",
        ),
        ("[vendors.acme", "", "no valid TOML"),
    ],
)
def test_a_registry_of_the_wrong_shape_is_told_where(write, content, key, expected):
    problems = problems_of(write(content))
    assert list(problems) == [key]
    assert expected in problems[key]


def test_rules_and_watch_words_of_all_vendors_of_one_and_of_a_document_are_joined(write):
    path = write(
        """
watch = ["facial recognition"]
[[rules]]
id = "drones"
words = ["drone*", "unmanned aircraft"]
level = "critical"
direction = "weaker"
reason = "speaks of drones"
event = "added"
"""
        + ACME
        + 'watch = { critical = ["sell*"], low = ["newsletter"] }\n'
        + PRIVACY
        + """
[[vendors.acme.documents.rules]]
id = "drones"
words = ["kites"]
"""
    )
    [document] = load(path).documents
    assert document.rules == (
        OwnRule("watch.facial-recognition", ("facial recognition",), "high"),
        OwnRule("drones", ("kites",), "high"),
        OwnRule("watch.sell*", ("sell*",), "critical"),
        OwnRule("watch.newsletter", ("newsletter",), "low"),
    )


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ('watch = "faces"', "watch", "phrases such as"),
        ('watch = ["... data"]', "watch", "a word first"),
        ('watch = { loud = ["x"] }', "watch", "one of low, medium, high and critical"),
        ('[[rules]]\nid = "x"\nwords = ["a"]\nlevel = "none"', "rules[1].level", "one of low"),
        ('[[rules]]\nid = "x"', "rules[1].words", "missing"),
        ('[[rules]]\nid = "x"\nwords = ["a"]\nregex = "a+"', "rules[1].regex", "unknown key"),
        ("rules = 3", "rules", "table for each rule"),
        (ACME + '[[vendors.acme.rules]]\nid = "X"\nwords = ["a"]', "vendors.acme.rules[1].id", "lower-case"),
    ],
)
def test_a_bad_rule_is_named_with_what_is_expected(write, content, key, expected):
    assert expected in problems_of(write(content))[key]


def test_all_problems_are_told_at_once_each_with_file_and_key(write):
    path = write(
        '[settings]\ncolour = 1\n[vendors.acme]\nhom = "x"\n[[vendors.acme.documents]]\nkind = "privacy"\nurl = "x"\nregion = "?"\n'
    )
    with pytest.raises(RegistryError) as caught:
        load(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"{path}: ") for line in lines)


def test_two_documents_of_one_name_are_refused(write):
    problems = problems_of(write(ACME + PRIVACY + PRIVACY.replace("/privacy", "/privacy-too")))
    assert 'is "acme/privacy" like vendors.acme.documents[1]' in problems["vendors.acme.documents[2]"]


def test_one_address_twice_is_refused_also_across_vendors(write):
    other = (ACME + PRIVACY).replace("vendors.acme", "vendors.other")
    problems = problems_of(write(ACME + PRIVACY + other))
    assert "is the address of vendors.acme.documents[1] too" in problems["vendors.other.documents[1].url"]


def test_two_parts_of_one_page_are_two_documents(write):
    part = PRIVACY.replace('"privacy"', '"cookies"') + 'from = "Cookies"\n'
    assert len(load(write(ACME + PRIVACY + part)).documents) == 2


def test_a_missing_file_is_told_in_a_sentence(tmp_path):
    assert "there is no such file" in problems_of(tmp_path / "vendors.toml")[""]


def test_a_file_that_is_no_text_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "vendors.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in problems_of(path)[""]


# --- adding to it -----------------------------------------------------------------------------------------------------------


def test_adding_keeps_comments_and_order(write):
    above = f"# ours\n{ACME}{PRIVACY}# to be asked\n"
    below = '\n# Others\n[vendors.other] # not theirs\nhome = "https://other.example/"\n'
    path = write(above + below)
    document = add_document(path, "acme", "https://acme.example/terms", "terms", language="en")
    assert document.name == "acme/terms-en"
    content = path.read_text()
    assert content.startswith(above)
    assert content.endswith(below)
    assert [d.name for d in load(path).documents] == ["acme/privacy", "acme/terms-en", "other/privacy"]


def test_adding_makes_a_vendor_that_is_new(write):
    path = write(ACME)
    add_document(path, "lamps", "https://lamps.example/privacy", name="Lamps & Co", home="https://lamps.example/")
    vendor = load(path).vendors[1]
    assert (vendor.key, vendor.name, vendor.home) == ("lamps", "Lamps & Co", "https://lamps.example/")


def test_adding_makes_a_file_where_there_is_none(tmp_path):
    path = tmp_path / "data" / "vendors.toml"
    add_document(path, "lamps", "https://lamps.example/privacy")
    assert [d.name for d in load(path).documents] == ["lamps/privacy"]


def test_adding_gives_a_waiting_vendor_its_address(write):
    path = write(ACME)
    add_document(path, "acme", "https://acme.example/privacy", "privacy")
    assert [(d.name, d.url) for d in load(path).documents] == [("acme/privacy", "https://acme.example/privacy")]


def test_adding_gives_a_waiting_document_its_address(write):
    path = write(ACME + '[[vendors.acme.documents]]\nkind = "terms"\nlanguage = "de" # the German one\n')
    add_document(path, "acme", "https://acme.example/agb", "terms", language="de")
    assert [(d.name, d.url) for d in load(path).documents] == [("acme/terms-de", "https://acme.example/agb")]
    assert "# the German one" in path.read_text()


def test_adding_works_where_documents_are_written_inline(write):
    path = write('[vendors.acme]\ndocuments = [{ kind = "privacy", url = "https://acme.example/privacy" }]\n')
    add_document(path, "acme", "https://acme.example/terms", "terms")
    assert [d.name for d in load(path).documents] == ["acme/privacy", "acme/terms"]


def test_adding_works_where_vendors_stand_apart(write):
    path = write(ACME + PRIVACY + '[settings]\ndelay = 2\n[vendors.other]\nhome = "https://other.example/"\n')
    add_document(path, "other", "https://other.example/terms", "terms")
    add_document(path, "third", "https://third.example/terms", "terms")
    assert {d.name for d in load(path).documents} == {"acme/privacy", "other/terms", "third/terms"}


@pytest.mark.parametrize(
    "arguments",
    [
        {"vendor": "acme", "url": "no address", "kind": "terms"},
        {"vendor": "acme", "url": "https://acme.example/privacy", "kind": "terms"},
        {"vendor": "acme", "url": "https://acme.example/2", "kind": "privacy"},
        {"vendor": "Acme Home", "url": "https://acme.example/2", "kind": "terms"},
        {"vendor": "acme", "url": "https://acme.example/2", "kind": "terms", "schedule": "often"},
    ],
)
def test_adding_something_wrong_leaves_the_file_as_it_was(write, arguments):
    path = write(ACME + PRIVACY)
    with pytest.raises(RegistryError):
        add_document(path, **arguments)
    assert path.read_text() == ACME + PRIVACY
    assert list(path.parent.iterdir()) == [path]


def test_adding_to_a_broken_registry_tells_what_is_broken(write):
    path = write("[vendors.acme")
    with pytest.raises(RegistryError, match="no valid TOML"):
        add_document(path, "acme", "https://acme.example/")


# --- the registry that is shipped -------------------------------------------------------------------------------------------


def test_the_shipped_registry_has_no_problems():
    registry = load(Path(__file__).parents[2] / "data" / "vendors.toml")
    assert {"sonoff", "viomi", "sofar", "sophilux"} <= {vendor.key for vendor in registry.vendors}
    assert registry.settings.contact is None
