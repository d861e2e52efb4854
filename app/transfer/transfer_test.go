package transfer

import "testing"

// TestOnlyPicturesAndSoundAreShownInPlace hands over the kinds that a contact centre may claim of a file.
func TestOnlyPicturesAndSoundAreShownInPlace(t *testing.T) {
	t.Parallel()
	for claimed, want := range map[string]bool{
		"image/jpeg": true, "image/png": true, "IMAGE/GIF": true, "image/webp": true, "audio/ogg; codecs=opus": true, "video/mp4": true,
		"text/html": false, "image/svg+xml": false, "application/xhtml+xml": false, "text/javascript": false, "application/pdf": false,
		"text/xml": false, "": false, "image/png, text/html": false, "image/png\r\nX-Evil: 1": false, "multipart/x-mixed-replace": false,
	} {
		kind, inline := safeKind(claimed)
		if inline != want || !inline && kind != "application/octet-stream" {
			t.Errorf("%q is served as %q, shown in place: %v, want %v", claimed, kind, inline, want)
		}
	}
}
