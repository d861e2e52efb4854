package system

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

func diskEncryption(_ context.Context, folder string) Encryption {
	if encryptedFolder(folder) {
		return EncryptionOn
	}
	var stat unix.Stat_t
	if unix.Stat(folder, &stat) != nil {
		return EncryptionUnknown
	}
	return linuxRoot("/").disk(folder, uint64(stat.Dev)) //nolint:unconvert // smaller on some processors
}

// getEncryptionPolicy is the kernel's FS_IOC_GET_ENCRYPTION_POLICY_EX.
const getEncryptionPolicy = 0xc0096616

// encryptedFolder reports whether the file system encrypts a folder by itself (fscrypt).
func encryptedFolder(folder string) bool {
	file, err := os.Open(folder)
	if err != nil {
		return false
	}
	defer file.Close()
	// The kernel's struct fscrypt_get_policy_ex_arg, with space for policies of any version.
	policy := struct {
		size uint64
		_    [64]byte
	}{size: 64}
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, file.Fd(), getEncryptionPolicy, uintptr(unsafe.Pointer(&policy)))
	return errno == 0
}

// linuxRoot is the folder that holds /proc and /sys.
type linuxRoot string

// disk tells of the disk with a folder, whose device has a number.
func (root linuxRoot) disk(folder string, device uint64) Encryption {
	if unix.Major(device) != 0 {
		return root.device(root.sys(unix.Major(device), unix.Minor(device)), 0)
	}
	// Some file systems, btrfs among them, give a number of their own: what they are mounted from is asked.
	kind, source := root.mounted(folder)
	switch {
	case slices.Contains([]string{"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"}, kind):
		return EncryptionOn
	case !strings.HasPrefix(source, "/dev/"):
		return EncryptionUnknown
	}
	var stat unix.Stat_t
	if unix.Stat(filepath.Join(string(root), source), &stat) != nil || unix.Major(uint64(stat.Rdev)) == 0 { //nolint:unconvert // smaller on some processors
		return EncryptionUnknown
	}
	return root.device(root.sys(unix.Major(uint64(stat.Rdev)), unix.Minor(uint64(stat.Rdev))), 0) //nolint:unconvert // as above
}

func (root linuxRoot) sys(major, minor uint32) string {
	return filepath.Join(string(root), "sys/dev/block", fmt.Sprintf("%d:%d", major, minor))
}

// mostLayers is deeper than devices lie over each other.
const mostLayers = 8

// device tells of a block device and those below it: one over several is encrypted when each of them is.
func (root linuxRoot) device(dir string, depth int) Encryption {
	if _, err := os.Stat(dir); err != nil || depth == mostLayers {
		return EncryptionUnknown
	}
	uuid, _ := os.ReadFile(filepath.Join(dir, "dm", "uuid"))
	if encrypts(string(uuid)) {
		return EncryptionOn
	}
	if _, err := os.Stat(filepath.Join(dir, "loop")); err == nil {
		return EncryptionUnknown // over a file, which may lie anywhere
	}
	below, _ := os.ReadDir(filepath.Join(dir, "slaves"))
	if len(below) == 0 {
		if len(uuid) > 0 {
			return EncryptionUnknown // mapped from nothing that is shown
		}
		return EncryptionOff
	}
	answer := EncryptionOn
	for _, one := range below {
		switch root.device(filepath.Join(dir, "slaves", one.Name()), depth+1) {
		case EncryptionOff:
			return EncryptionOff
		case EncryptionUnknown:
			answer = EncryptionUnknown
		}
	}
	return answer
}

// encrypts reports whether the device mapper made a device to encrypt: others of its kind only verify.
func encrypts(uuid string) bool {
	for _, kind := range []string{"LUKS", "PLAIN", "LOOPAES", "TCRYPT", "BITLK", "FVAULT2"} {
		if strings.HasPrefix(uuid, "CRYPT-"+kind) {
			return true
		}
	}
	return false
}

// mounted returns the kind and the source of the file system that a folder lies in.
func (root linuxRoot) mounted(folder string) (kind, source string) {
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return "", ""
	}
	table, err := os.ReadFile(filepath.Join(string(root), "proc/self/mountinfo"))
	if err != nil {
		return "", ""
	}
	longest := -1
	for line := range strings.Lines(string(table)) {
		place, origin, found := strings.Cut(line, " - ")
		at, of := strings.Fields(place), strings.Fields(origin)
		if !found || len(at) < 5 || len(of) < 2 {
			continue
		}
		point := unescapeMount(at[4])
		// One mounted later at the same place covers the earlier.
		if within := strings.TrimSuffix(point, "/") + "/"; strings.HasPrefix(folder+"/", within) && len(point) >= longest {
			longest, kind, source = len(point), of[0], unescapeMount(of[1])
		}
	}
	return kind, source
}

// unescapeMount gives a path of mountinfo its spaces back.
func unescapeMount(path string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(path)
}
