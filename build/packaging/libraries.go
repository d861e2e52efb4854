package packaging

import (
	"debug/elf"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// providers are the Debian packages that bring the libraries the program for Linux links; those that come
// with another of them stand for themselves all the same. Newer systems call some by the second name.
var providers = map[string]string{
	"libgtk-3.so.0":                 "libgtk-3-0 | libgtk-3-0t64",
	"libgdk-3.so.0":                 "libgtk-3-0 | libgtk-3-0t64",
	"libwebkit2gtk-4.1.so.0":        "libwebkit2gtk-4.1-0",
	"libjavascriptcoregtk-4.1.so.0": "libjavascriptcoregtk-4.1-0",
	"libsoup-3.0.so.0":              "libsoup-3.0-0",
	"libglib-2.0.so.0":              "libglib2.0-0 | libglib2.0-0t64",
	"libgobject-2.0.so.0":           "libglib2.0-0 | libglib2.0-0t64",
	"libgio-2.0.so.0":               "libglib2.0-0 | libglib2.0-0t64",
	"libgmodule-2.0.so.0":           "libglib2.0-0 | libglib2.0-0t64",
	"libgdk_pixbuf-2.0.so.0":        "libgdk-pixbuf-2.0-0",
	"libcairo.so.2":                 "libcairo2",
	"libcairo-gobject.so.2":         "libcairo-gobject2",
	"libpango-1.0.so.0":             "libpango-1.0-0",
	"libpangocairo-1.0.so.0":        "libpangocairo-1.0-0",
	"libharfbuzz.so.0":              "libharfbuzz0b",
	"libatk-1.0.so.0":               "libatk1.0-0 | libatk1.0-0t64",
	"libX11.so.6":                   "libx11-6",
}

// libcNames are the libraries of the C library itself; which release of it is needed the symbols say.
var libcNames = []string{"libc.so.6", "libpthread.so.0", "libdl.so.2", "libresolv.so.2", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

// Dependencies are what packages of a program for Linux have to ask for.
type Dependencies struct{ Deb, RPM []string }

// DependenciesOf reads them from the program. A library that no package is known for is an error.
func DependenciesOf(program string) (Dependencies, error) {
	file, err := elf.Open(program)
	if err != nil {
		return Dependencies{}, err
	}
	defer file.Close()
	needed, err := file.ImportedLibraries()
	if err != nil {
		return Dependencies{}, fmt.Errorf("libraries of %s: %w", program, err)
	}
	symbols, err := file.ImportedSymbols()
	if err != nil {
		return Dependencies{}, fmt.Errorf("symbols of %s: %w", program, err)
	}
	glibc := newestGlibc(symbols)
	d := Dependencies{Deb: []string{"libc6 (>= " + glibc + ")"}, RPM: []string{"libc.so.6(GLIBC_" + glibc + ")(64bit)"}}
	for _, name := range needed {
		if slices.Contains(libcNames, name) {
			continue
		}
		provider, known := providers[name]
		if !known {
			return Dependencies{}, fmt.Errorf("no package is known that brings %s", name)
		}
		d.Deb = append(d.Deb, provider)
		d.RPM = append(d.RPM, name+"()(64bit)")
	}
	slices.Sort(d.Deb)
	d.Deb = slices.Compact(d.Deb)
	slices.Sort(d.RPM)
	return d, nil
}

// newestGlibc is the newest release of the C library that a symbol asks for, 2.34 as an example.
func newestGlibc(symbols []elf.ImportedSymbol) string {
	newest := 0
	for _, s := range symbols {
		number, ours := strings.CutPrefix(s.Version, "GLIBC_2.")
		minor, err := strconv.Atoi(strings.Split(number, ".")[0])
		if ours && err == nil {
			newest = max(newest, minor)
		}
	}
	return "2." + strconv.Itoa(newest)
}
