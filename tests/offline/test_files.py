import os

import pytest

from sketch_widget.offline.files import Files


def test_a_file_is_kept_under_a_name_of_our_own_and_read_again(tmp_path):
    files = Files(tmp_path / "files")
    upload, result = files.keep_upload(b"sketch"), files.keep_result(b"picture")
    assert (files.read(upload), files.read(result)) == (b"sketch", b"picture")
    assert result.endswith("-1.png")
    files.drop(upload)
    files.drop(upload)
    with pytest.raises(FileNotFoundError):
        files.read(upload)
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["results", "signing", "uploads"]


def test_what_a_killed_process_left_behind_is_swept_away(tmp_path):
    files = Files(tmp_path)
    old, new = files.keep_upload(b"old"), files.keep_result(b"new")
    os.utime(tmp_path / old, (1000, 1000))
    files.sweep(2000)
    assert not (tmp_path / old).exists()
    assert files.read(new) == b"new"


@pytest.mark.parametrize("name", ["", "signing", "../x", "results/../signing", "/etc/hostname", "results/a/b-1.png"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    files = Files(tmp_path / "inner")
    (tmp_path / "x").write_bytes(b"outside")
    with pytest.raises(FileNotFoundError):
        files.read(name)
    files.drop(name)
    assert (tmp_path / "x").exists()
    assert (tmp_path / "inner" / "signing").exists()


def test_a_signature_holds_for_its_own_text_in_every_process_and_in_no_other_folder(tmp_path):
    signature = Files(tmp_path / "a").signature("text")
    assert Files(tmp_path / "a").is_signed("text", signature)
    assert not Files(tmp_path / "a").is_signed("other", signature)
    assert not Files(tmp_path / "a").is_signed("text", "树")
    assert not Files(tmp_path / "b").is_signed("text", signature)
