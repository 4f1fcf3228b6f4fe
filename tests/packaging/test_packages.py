"""Each package as somebody meets it: validated, installed, started from its menu entry, used, removed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

import figure
from case import ROOT, WindowCase
from launched import Launched

DIST = ROOT / "dist"
ID = "io.github.keyfob.Keyfob"
MADE_BY = "tests/run packaging"
MOST_MEGABYTES = 24
# What the packages say that they need: RHEL 9 has 2.34.
MOST_GLIBC = (2, 28)
# Opened by name at the start, so no tool adds them to what a package requires.
OPENED = ("libX11.so.6", "libX11-xcb.so.1", "libXcursor.so.1", "libXi.so.6", "libxkbcommon-x11.so.0", "libEGL.so.1")


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def package(kind: str) -> str:
    found = list(DIST.glob(f"*.{kind}"))
    assert len(found) == 1, f"assets/packaging/build makes one .{kind} in dist/, there are {found}"
    return str(found[0])


class Packages(WindowCase):
    def test_the_checksums_are_those_of_the_packages(self) -> None:
        listed = (DIST / "SHA256SUMS").read_text()
        for kind in ("deb", "rpm", "tar.gz"):
            self.assertIn(Path(package(kind)).name, listed)
        run("sh", "-c", f"cd {DIST} && sha256sum --check --strict SHA256SUMS")

    def test_one_id_everywhere(self) -> None:
        self.assertIn(f'"{ID}"', (ROOT / "src/window.rs").read_text())
        share = DIST / "tree/share"
        entry = (share / f"applications/{ID}.desktop").read_text()
        self.assertIn(f"Icon={ID}\n", entry)
        self.assertIn(f"StartupWMClass={ID}\n", entry)
        self.assertIn(f"<id>{ID}</id>", (share / f"metainfo/{ID}.metainfo.xml").read_text())
        icons = {path.parent.parent.name for path in (share / "icons/hicolor").rglob(f"{ID}.*")}
        sizes = {f"{side}x{side}" for side in (16, 24, 32, 48, 64, 128, 256, 512)}
        self.assertEqual(icons, sizes | {"scalable"})

    def test_a_release_needs_its_notes(self) -> None:
        root = Path(self.enterContext(tempfile.TemporaryDirectory()))
        metainfo = f"assets/packaging/linux/{ID}.metainfo.xml"
        for name in ("Cargo.toml", "CHANGELOG.md", "assets/packaging/notes", metainfo):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        version = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
        notes = str(root / "assets/packaging/notes")
        changelog = root / "CHANGELOG.md"
        changelog.write_text(f"# Changelog\n\n## {version}\n\n- New\n\n## 0.0.1\n\n- Old\n")
        self.assertEqual(run(notes, version).strip(), "- New")
        for lacks, text in (("heading", f"## {version}9\n\n- New\n"), ("words", f"## {version}\n\n## 0.0.1\n\n- Old\n")):
            changelog.write_text(text)
            with self.assertRaisesRegex(AssertionError, f"CHANGELOG.md has no {lacks}"):
                run(notes, version)
        with self.assertRaisesRegex(AssertionError, "Cargo.toml has no version"):
            run(notes, f"{version}9")

    def test_validators_find_nothing(self) -> None:
        share = DIST / "tree/share"
        run("desktop-file-validate", str(share / f"applications/{ID}.desktop"))
        run("appstreamcli", "validate", "--no-net", str(share / f"metainfo/{ID}.metainfo.xml"))
        # It refuses to be asked by root otherwise.
        run("lintian", "--allow-root", "--fail-on", "error", package("deb"))
        said = run("man", "--warnings", "--local-file", str(share / "man/man1/keyfob.1"))
        self.assertIn("--read-only", said)

    def test_the_program_is_small(self) -> None:
        size = round((DIST / "tree/bin/keyfob").stat().st_size / 1_000_000, 1)
        small = size <= MOST_MEGABYTES
        figure.write("package_binary_size", size, "MB", f"<= {MOST_MEGABYTES}", small, MADE_BY)
        self.assertTrue(small, f"{size} MB")

    def test_the_program_runs_on_older_systems(self) -> None:
        symbols = re.findall(r"\bGLIBC_(\d+)\.(\d+)", run("objdump", "-T", str(DIST / "tree/bin/keyfob")))
        needs = max((int(major), int(minor)) for major, minor in symbols)
        target = ".".join(map(str, MOST_GLIBC))
        figure.write("glibc_floor", ".".join(map(str, needs)), "", f"<= {target}", needs <= MOST_GLIBC, MADE_BY)
        self.assertLessEqual(needs, MOST_GLIBC)

    def test_the_deb_is_installed_used_and_removed(self) -> None:
        if os.geteuid() != 0:
            self.fail("installing a package needs root: sudo tests/run packaging")
        known = subprocess.run(["dpkg", "--status", "keyfob"], capture_output=True, check=False)
        self.assertNotEqual(known.returncode, 0, "keyfob is installed here: this test would remove it")
        self.addCleanup(subprocess.run, ["dpkg", "--purge", "keyfob"], capture_output=True, check=False)
        # Somebody else may be installing something right now.
        patiently = ("-o", "DPkg::Lock::Timeout=120")
        run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *patiently, package("deb"))
        files = [Path(line) for line in run("dpkg", "--listfiles", "keyfob").split()]
        installed = [path for path in files if path.is_file()]
        self.assertIn(Path("/usr/bin/keyfob"), installed)

        self.program = self.enterContext(Launched(self.desktop, Path("/usr/bin/keyfob"), "deb"))
        self.program.launch("gtk-launch", ID)
        self.use()
        settings = self.program.home / ".config/keyfob/settings.json"
        self.assertTrue(settings.is_file(), "nothing was remembered")

        run("dpkg", "--purge", "keyfob")
        self.assertEqual([path for path in installed if path.exists()], [], "left behind")
        own = [path for path in files if "keyfob" in path.name.lower() and path.exists()]
        self.assertEqual(own, [], "left behind")
        self.assertTrue(settings.is_file(), "a package must not touch what people keep at home")

    def test_the_tar_runs_from_any_folder(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="keyfob tar ")))
        run("tar", "--extract", "--file", package("tar.gz"), "--directory", str(folder))
        unpacked = next(folder.iterdir())
        for name in ("INSTALL.md", "LICENSE", f"share/applications/{ID}.desktop"):
            self.assertTrue((unpacked / name).is_file(), f"no {name}")
        self.program = self.enterContext(Launched(self.desktop, unpacked / "bin/keyfob", "tar"))
        self.program.start()
        self.use()

    def test_the_rpm_has_the_same_files_and_names_what_it_opens(self) -> None:
        tree = DIST / "tree"
        wanted = {f"/usr/{path.relative_to(tree)}" for path in tree.rglob("*") if path.is_file()}
        listed = set(run("rpm", "-qpl", package("rpm")).split())
        self.assertEqual(wanted - listed, set(), "not in the package")
        required = run("rpm", "-qp", "--requires", package("rpm"))
        for library in OPENED:
            self.assertIn(f"{library}()(64bit)", required)

    def use(self) -> None:
        """Opens the practice account, finds its users, and closes the window."""
        program = self.program
        program.control("Open practice account").click()
        program.control("Search users")
        program.screenshot(f"package-{self.id().rpartition('.')[2]}")
        self.assertEqual(program.close(), 0)
