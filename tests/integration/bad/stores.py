"""Histories that are damaged, hidden or huge."""

from tests.integration.bad.cases import KEY, LEAK, NO_REPOSITORY, Shop, found, gap, removed


def _corrupt_blob(shop: Shop) -> None:
    shop.repository.commit({"pay.py": LEAK})
    shop.repository.corrupt(shop.repository.git("rev-parse", "HEAD:pay.py"))
    (shop.folder / "pay.py").write_text("", encoding="utf-8")


def _missing_tree(shop: Shop) -> None:
    shop.repository.object_file(shop.repository.git("rev-parse", "HEAD:app")).unlink()


def _missing_commit(shop: Shop) -> None:
    shop.repository.object_file(shop.repository.git("rev-parse", "HEAD")).unlink()


def _corrupt_pack(shop: Shop) -> None:
    shop.repository.git("repack", "--quiet", "-a", "-d")
    (pack,) = (shop.folder / ".git/objects/pack").glob("*.pack")
    pack.chmod(0o644)
    content = bytearray(pack.read_bytes())
    content[12:-20] = bytes(len(content) - 32)
    pack.write_bytes(content)


def _short_index(shop: Shop) -> None:
    index = shop.folder / ".git/index"
    index.write_bytes(index.read_bytes()[:20])


def _locked_objects(shop: Shop) -> None:
    (shop.folder / ".git/objects").chmod(0)
    shop.heeds_permissions = True


def _message(shop: Shop) -> None:
    shop.repository.commit({}, f"::error::x\n\n##[error]x {KEY}\x1b[31m\n::stop-commands::x\n")


def _huge_message(shop: Shop) -> None:
    shop.repository.git("commit", "--quiet", "--allow-empty", "-F", "-", text="x " * 2**21 + KEY)


def _orphan(shop: Shop) -> None:
    shop.repository.git("switch", "--quiet", "--orphan", "pages")
    shop.repository.commit({"pay.py": LEAK})
    shop.repository.git("switch", "--quiet", "main")


def _ref_to_a_blob(shop: Shop) -> None:
    shop.repository.git("update-ref", "refs/notes/secret", shop.repository.store(LEAK))


def _ref_to_a_tree(shop: Shop) -> None:
    blob = shop.repository.store(LEAK)
    tree = shop.repository.git("mktree", text=f"100644 blob {blob}\tpay.py\n")
    shop.repository.git("update-ref", "refs/keep/tree", tree)


def _replaced(shop: Shop) -> None:
    shop.repository.commit({"pay.py": LEAK})
    blob = shop.repository.git("rev-parse", "HEAD:pay.py")
    shop.repository.git("replace", blob, shop.repository.store("nothing here\n"))
    (shop.folder / "pay.py").write_text("nothing here\n", encoding="utf-8")


def _grafted(shop: Shop) -> None:
    removed(shop)
    graft = shop.folder / ".git/info/grafts"
    graft.parent.mkdir(exist_ok=True)
    graft.write_text(shop.repository.git("rev-parse", "HEAD") + "\n", encoding="utf-8")


def _many_refs(shop: Shop) -> None:
    clean = shop.repository.git("rev-parse", "HEAD")
    leak = shop.repository.commit({"pay.py": LEAK})
    shop.repository.git("reset", "--quiet", "--hard", clean)
    refs = [f"{clean} refs/tags/v{number:04}\n" for number in range(9_999)]
    packed = "".join(["# pack-refs with: sorted\n", *refs, f"{leak} refs/tags/w\n"])
    (shop.folder / ".git/packed-refs").write_text(packed, encoding="utf-8")


STORES = (
    gap("an object with other bytes", _corrupt_blob, "pay.py (blob …"),
    gap(
        "a folder that the store lacks",
        _missing_tree,
        "the git history: git failed: …",
    ),
    gap(
        "a commit that the store lacks",
        _missing_commit,
        "the git history: git failed: …",
    ),
    gap(
        "a pack with other bytes",
        _corrupt_pack,
        "the git history: git failed: …",
    ),
    gap(
        "an index that was cut off",
        _short_index,
        "git: git failed: …",
    ),
    gap("a store that this user may not enter", _locked_objects, NO_REPOSITORY),
    found("a message with commands of the log", _message, "a message"),
    found("a message of four million characters", _huge_message, "a message"),
    found("a branch without a common past", _orphan),
    found("a ref to a file", _ref_to_a_blob, "refs/notes/secret"),
    found("a ref to a folder", _ref_to_a_tree),
    found("a replacement that hides the key", _replaced),
    found("a graft that hides the past", _grafted),
    found("ten thousand refs, the key behind the last", _many_refs),
)
