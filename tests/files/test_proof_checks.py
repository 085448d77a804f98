"""What a machine can find out about evidence: real repositories, real pages, real documents."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from milepost.errors import UsageError
from milepost.files.proof_checks import check_proof


def git(folder, *arguments):
    subprocess.run(
        ["git", "-C", folder, "-c", "user.name=Mika", "-c", "user.email=mika@example.org", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "rag-bot"
    folder.mkdir()
    (folder / "README.md").write_text("A bot\n")
    (folder / "test_bot.py").write_text("def test_it():\n    assert 1 + 1 == 2\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "README.md", "test_bot.py")
    git(folder, "commit", "-qm", "Merge pull request #12: answer with sources")
    return folder


@pytest.fixture
def server():
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"" if self.path == "/empty" else b"hello"
            self.send_response(404 if self.path == "/gone" else 200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()


def test_a_committed_file_is_found_and_an_uncommitted_one_is_not(repository):
    assert "README.md is committed in rag-bot" in check_proof(f"git:{repository}:README.md")
    (repository / "notes.md").write_text("not added")
    with pytest.raises(UsageError, match="not committed"):
        check_proof(f"git:{repository}:notes.md")


def test_tests_are_run_and_must_pass(repository):
    assert "1 passed" in check_proof(f"tests:{repository}")
    (repository / "test_bot.py").write_text("def test_it():\n    assert False\n")
    with pytest.raises(UsageError, match="do not pass"):
        check_proof(f"tests:{repository}")


def test_a_merged_change_is_found_by_words_and_by_commit(repository):
    assert "answer with sources" in check_proof(f"merged:{repository}:pull request #12")
    assert "merged in rag-bot" in check_proof(f"merged:{repository}:HEAD")
    with pytest.raises(UsageError, match="nothing in the log"):
        check_proof(f"merged:{repository}:pull request #13")


def test_a_change_on_another_branch_is_not_merged(repository):
    git(repository, "checkout", "-qb", "side")
    git(repository, "commit", "-q", "--allow-empty", "-m", "not merged yet")
    git(repository, "checkout", "-q", "main")
    with pytest.raises(UsageError, match="nothing in the log"):
        check_proof(f"merged:{repository}:side")


def test_a_repository_cannot_start_programs_when_it_is_looked_at(repository, tmp_path):
    trap = tmp_path / "started"
    git(repository, "config", "core.fsmonitor", f"touch {trap}")
    check_proof(f"git:{repository}:README.md")
    assert not trap.exists()


def test_a_page_answers_or_says_why_not(server):
    assert "answers with 5 bytes" in check_proof(f"page:{server}/")
    with pytest.raises(UsageError, match="Not Found"):
        check_proof(f"page:{server}/gone")
    with pytest.raises(UsageError, match="empty"):
        check_proof(f"page:{server}/empty")
    with pytest.raises(UsageError, match="web address"):
        check_proof("page:file:///etc/passwd")


def test_a_pdf_opens_and_junk_does_not(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "talk.pdf")
    assert check_proof(f"pdf:{tmp_path / 'talk.pdf'}") == "talk.pdf is a PDF of 1 page"
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.4 nothing behind it")
    with pytest.raises(UsageError, match="not a PDF"):
        check_proof(f"pdf:{tmp_path / 'junk.pdf'}")


@pytest.mark.parametrize(
    "words", ["", "git", "git:", "git:/nowhere:x", "rocket:moon", "tests:/nowhere", "git:."]
)
def test_words_that_name_no_check_are_answered_with_the_forms(words):
    with pytest.raises(UsageError) as told:
        check_proof(words)
    assert told.value.hint
