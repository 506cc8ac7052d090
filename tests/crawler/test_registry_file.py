"""A registry that people edit while the daemon runs."""

import pytest

from crawler.registry_file import RegistryFile
from tracker.registry import RegistryError


def content(*vendors):
    return "\n".join(
        f'[vendors.{vendor}]\n[[vendors.{vendor}.documents]]\nkind = "privacy"\nurl = "https://{vendor}.test/privacy"\n'
        for vendor in vendors
    )


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "vendors.toml"
    path.write_text(content("acme"))
    return path


def names(file):
    return [document.name for document in file.registry.documents]


def test_there_must_be_a_good_one_to_begin_with(tmp_path):
    with pytest.raises(RegistryError):
        RegistryFile(tmp_path / "missing.toml")


def test_an_untouched_file_is_not_read_again(path):
    assert RegistryFile(path).refresh() is False


def test_a_new_vendor_is_picked_up(path):
    file = RegistryFile(path)
    path.write_text(content("acme", "bolt"))
    assert file.refresh() is True
    assert names(file) == ["acme/privacy", "bolt/privacy"]


def test_a_new_comment_changes_nothing(path):
    file = RegistryFile(path)
    path.write_text("# who we watch\n" + content("acme"))
    assert file.refresh() is False


@pytest.mark.parametrize("bad", ["[vendors", '[vendors.acme]\nhome = "not an address"\n'])
def test_a_bad_one_is_told_once_and_the_last_good_one_stays(path, caplog, bad):
    file = RegistryFile(path)
    path.write_text(bad)
    assert file.refresh() is False
    assert file.refresh() is False
    assert names(file) == ["acme/privacy"]
    assert sum("last good one" in record.message for record in caplog.records) == 1


def test_a_missing_one_is_a_bad_one(path, caplog):
    file = RegistryFile(path)
    path.unlink()
    assert file.refresh() is False
    assert names(file) == ["acme/privacy"]
    assert "last good one" in caplog.text


def test_a_mended_one_is_picked_up(path):
    file = RegistryFile(path)
    path.write_text("[vendors")
    file.refresh()
    path.write_text(content("bolt"))
    assert file.refresh() is True
    assert names(file) == ["bolt/privacy"]
