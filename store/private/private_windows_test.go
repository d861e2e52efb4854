package private

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/windows"
)

// entries are who may do what, and how that goes over to what lies below.
func entries(t *testing.T, rules *windows.SECURITY_DESCRIPTOR) []string {
	t.Helper()
	list, _, err := rules.DACL()
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for i := range list.AceCount {
		var entry *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(list, uint32(i), &entry); err != nil {
			t.Fatal(err)
		}
		sid := (*windows.SID)(unsafe.Pointer(&entry.SidStart))
		found = append(found, fmt.Sprintf("type %d: %s %#x, passed on %#x", entry.Header.AceType, sid, entry.Mask, entry.Header.AceFlags))
	}
	return found
}

// closedToAbove reports whether nothing is taken over from the folder above.
func closedToAbove(t *testing.T, rules *windows.SECURITY_DESCRIPTOR) bool {
	t.Helper()
	control, _, err := rules.Control()
	if err != nil {
		t.Fatal(err)
	}
	return control&windows.SE_DACL_PROTECTED != 0
}

// kept are the rules that the system has of a file or folder.
func kept(t *testing.T, path string) *windows.SECURITY_DESCRIPTOR {
	t.Helper()
	rules, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestAFolderIsItsPersonsAlone reads the rules of a new folder, and of one that everybody could read, back from the system.
func TestAFolderIsItsPersonsAlone(t *testing.T) {
	t.Parallel()
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	const everything, downwards, inherited = 0x1f01ff, windows.OBJECT_INHERIT_ACE | windows.CONTAINER_INHERIT_ACE, windows.INHERITED_ACE
	theirs := func(flags int) (want []string) {
		for _, sid := range []string{"S-1-5-18", user.User.Sid.String()} { // the first is the system
			want = append(want, fmt.Sprintf("type 0: %s %#x, passed on %#x", sid, everything, flags))
		}
		return want
	}
	made, err := ofOnePerson()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(theirs(downwards), entries(t, made)); diff != "" || !closedToAbove(t, made) {
		t.Errorf("the rules that are asked for (-want +got):\n%s", diff)
	}

	// Wine 8 removes single files, but no folder with what is in it.
	root, err := os.MkdirTemp("", "wapdesk-private-")
	if err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(root, "fresh")
	there, file := filepath.Join(fresh, "there"), filepath.Join(fresh, "file")
	t.Cleanup(func() {
		for _, path := range []string{file, there, fresh, root} {
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
	})
	if err := Folder(fresh); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(there, 0o700); err != nil {
		t.Fatal(err)
	}
	open, err := windows.SecurityDescriptorFromString("D:(A;OICI;FA;;;" + user.User.Sid.String() + ")(A;OICI;GR;;;WD)")
	if err != nil {
		t.Fatal(err)
	}
	everybody, _, err := open.DACL()
	if err != nil {
		t.Fatal(err)
	}
	if err := windows.SetNamedSecurityInfo(there, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION, nil, nil, everybody, nil); err != nil {
		t.Fatal(err)
	}
	if cmp.Equal(theirs(downwards), entries(t, kept(t, there))) {
		t.Error("what is seen here does not show who may read")
	}
	if err := Folder(there); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{fresh, there} {
		if diff := cmp.Diff(theirs(downwards), entries(t, kept(t, folder))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", folder, diff)
		}
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	// Wine keeps a mode in place of rules, and a mode knows nothing of what is passed on. So a file has not the rules of its folder
	// there, which nobody else may enter all the same; nor is it kept that a folder takes none from above, and one that was there
	// before gets those too when it is closed, which is why it lies in a closed one here.
	if windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil {
		return
	}
	for _, folder := range []string{fresh, there} {
		if !closedToAbove(t, kept(t, folder)) {
			t.Errorf("%s takes rules over from above", folder)
		}
	}
	if diff := cmp.Diff(theirs(inherited), entries(t, kept(t, file))); diff != "" {
		t.Errorf("a file (-want +got):\n%s", diff)
	}
}
