package private

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// closed makes a folder that is its person's and the system's, as is what is made in it, and takes nothing over from
// the folder above: outside of a person's own folders that lets everybody in. A folder that is there and has rules of
// its own keeps them, as does one whose own let nobody else in.
func closed(path string) error {
	rules, err := ofOnePerson()
	if err != nil {
		return fmt.Errorf("word who may read the folder: %w", err)
	}
	name, err := windows.UTF16PtrFromString(long(path))
	if err != nil {
		return err
	}
	err = windows.CreateDirectory(name, &windows.SecurityAttributes{
		Length: uint32(unsafe.Sizeof(windows.SecurityAttributes{})), SecurityDescriptor: rules,
	})
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, windows.ERROR_ALREADY_EXISTS):
		return &os.PathError{Op: "mkdir", Path: path, Err: err}
	}
	found, err := windows.GetNamedSecurityInfo(long(path), windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if noRules(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read who may read the folder: %w", err)
	}
	list, _, err := rules.DACL()
	if err != nil {
		return fmt.Errorf("word who may read the folder: %w", err)
	}
	if control, _, err := found.Control(); err == nil && control&windows.SE_DACL_PROTECTED != 0 || namesNobodyElse(found, list) {
		return nil
	}
	err = windows.SetNamedSecurityInfo(long(path), windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
	if err != nil && !noRules(err) {
		return fmt.Errorf("close the folder to others: %w", err)
	}
	return nil
}

// ofOnePerson are rules by which the system and whoever runs the program may do everything, and nobody else anything.
func ofOnePerson() (*windows.SECURITY_DESCRIPTOR, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	return windows.SecurityDescriptorFromString("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;" + user.User.Sid.String() + ")")
}

// namesNobodyElse reports whether rules are about nobody but those of a list. Some servers do not keep that a folder takes nothing
// over from above; the rules of all that lies in it would be written anew at each start.
func namesNobodyElse(rules *windows.SECURITY_DESCRIPTOR, list *windows.ACL) bool {
	found, _, err := rules.DACL()
	if err != nil || found == nil { // without a list everybody may do everything
		return false
	}
	known := people(list)
	return !slices.ContainsFunc(people(found), func(sid string) bool { return !slices.Contains(known, sid) })
}

// people are those that the entries of a list are about; one that does not allow, or comes from above, is about "".
func people(list *windows.ACL) []string {
	sids := make([]string, list.AceCount)
	for i := range sids {
		var entry *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(list, uint32(i), &entry); err != nil {
			continue
		}
		if entry.Header.AceType == windows.ACCESS_ALLOWED_ACE_TYPE && entry.Header.AceFlags&windows.INHERITED_ACE == 0 {
			sids[i] = (*windows.SID)(unsafe.Pointer(&entry.SidStart)).String()
		}
	}
	return sids
}

// noRules reports whether a drive, such as a memory stick, keeps no rules of who may read what.
func noRules(err error) bool {
	return errors.Is(err, windows.ERROR_INVALID_FUNCTION) || errors.Is(err, windows.ERROR_NOT_SUPPORTED)
}

// long is a path that these calls take when it has more than 247 characters, as package os does for its own.
func long(path string) string {
	const most = 247
	if len(path) <= most || strings.HasPrefix(path, `\\?\`) {
		return path
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return path // and the call says what is wrong
	}
	if rest, server := strings.CutPrefix(full, `\\`); server {
		return `\\?\UNC\` + rest
	}
	return `\\?\` + full
}
