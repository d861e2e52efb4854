package system

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// system lays files of /proc and /sys below a folder of the test.
func system(t *testing.T, files map[string]string) linuxRoot {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return linuxRoot(root)
}

func TestDisksUnderAndOverEncryptionAreToldApart(t *testing.T) {
	t.Parallel()
	const (
		disk = "sys/dev/block/253:1/"
		luks = "CRYPT-LUKS2-5b1f-cryptroot\n"
		lvm  = "LVM-abc\n"
	)
	for name, test := range map[string]struct {
		files map[string]string
		want  Encryption
	}{
		"a plain partition":                {map[string]string{disk + "partition": "1"}, EncryptionOff},
		"LUKS":                             {map[string]string{disk + "dm/uuid": luks, disk + "slaves/sda3/dev": "8:3"}, EncryptionOn},
		"LVM over LUKS":                    {map[string]string{disk + "dm/uuid": lvm, disk + "slaves/dm-0/dm/uuid": luks, disk + "slaves/dm-0/slaves/sda3/dev": "8:3"}, EncryptionOn},
		"LVM over a plain one":             {map[string]string{disk + "dm/uuid": lvm, disk + "slaves/sda3/dev": "8:3"}, EncryptionOff},
		"LVM over LUKS and a plain one":    {map[string]string{disk + "dm/uuid": lvm, disk + "slaves/dm-0/dm/uuid": luks, disk + "slaves/sdb1/dev": "8:17"}, EncryptionOff},
		"RAID over two of LUKS":            {map[string]string{disk + "md/level": "raid1", disk + "slaves/dm-0/dm/uuid": luks, disk + "slaves/dm-1/dm/uuid": luks}, EncryptionOn},
		"one that is only verified":        {map[string]string{disk + "dm/uuid": "CRYPT-VERITY-1-root\n", disk + "slaves/sda3/dev": "8:3"}, EncryptionOff},
		"a file as a disk":                 {map[string]string{disk + "loop/backing_file": "/home/x.img"}, EncryptionUnknown},
		"LVM over a file as a disk":        {map[string]string{disk + "dm/uuid": lvm, disk + "slaves/loop0/loop/backing_file": "/x"}, EncryptionUnknown},
		"a mapping of what is not shown":   {map[string]string{disk + "dm/uuid": lvm}, EncryptionUnknown},
		"a device that is not there":       {map[string]string{"sys/dev/block/8:0/dev": "8:0"}, EncryptionUnknown},
		"devices that lie over each other": {map[string]string{disk + strings.Repeat("slaves/a/", mostLayers) + "dm/uuid": luks}, EncryptionUnknown},
	} {
		if got := system(t, test.files).disk("/data", unix.Mkdev(253, 1)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestFileSystemsWithANumberOfTheirOwnAreFoundByTheirMount(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, test := range map[string]struct {
		mounts string
		want   Encryption
	}{
		"memory":                     {"22 1 0:21 / / rw - tmpfs tmpfs rw\n", EncryptionUnknown},
		"a container":                {"22 1 0:21 / / rw - overlay overlay rw\n", EncryptionUnknown},
		"another computer":           {"22 1 0:21 / / rw - nfs4 server:/home rw\n", EncryptionUnknown},
		"an encrypting file system":  {"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / " + folder + " rw - ecryptfs /home/.x rw\n", EncryptionOn},
		"one beside the folder":      {"22 1 0:21 / / rw - tmpfs tmpfs rw\n30 22 0:40 / " + folder + "-2 rw - ecryptfs /x rw\n", EncryptionUnknown},
		"one under a later mount":    {"30 22 0:40 / " + folder + " rw - ecryptfs /x rw\n31 22 0:41 / " + folder + " rw - tmpfs tmpfs rw\n", EncryptionUnknown},
		"a source that is not there": {"22 1 0:21 / / rw - btrfs /dev/nothing rw\n", EncryptionUnknown},
		"lines of another form":      {"22 1\n - \n\n", EncryptionUnknown},
	} {
		if got := system(t, map[string]string{"proc/self/mountinfo": test.mounts}).disk(folder, unix.Mkdev(0, 21)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
