package private

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows"
)

// closeToOthers gives a folder, and what is made in it, to its person and the system, and takes nothing over from the
// folder above: outside of a person's own folders that lets everybody in. A folder that has rules of its own keeps them.
func closeToOthers(path string) error {
	what := windows.SECURITY_INFORMATION(windows.DACL_SECURITY_INFORMATION)
	found, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, what)
	if noRules(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read who may read the folder: %w", err)
	}
	if control, _, err := found.Control(); err == nil && control&windows.SE_DACL_PROTECTED != 0 {
		return nil
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return fmt.Errorf("ask who runs the program: %w", err)
	}
	rules, err := windows.SecurityDescriptorFromString("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;" + user.User.Sid.String() + ")")
	if err != nil {
		return fmt.Errorf("word who may read the folder: %w", err)
	}
	list, _, err := rules.DACL()
	if err != nil {
		return fmt.Errorf("word who may read the folder: %w", err)
	}
	if err := windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, what|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil); err != nil && !noRules(err) {
		return fmt.Errorf("close the folder to others: %w", err)
	}
	return nil
}

// noRules reports whether a drive, such as a memory stick, keeps no rules of who may read what.
func noRules(err error) bool {
	return errors.Is(err, windows.ERROR_INVALID_FUNCTION) || errors.Is(err, windows.ERROR_NOT_SUPPORTED)
}
