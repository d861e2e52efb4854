package store

// fingerprint is the hash that tells whether something read differs from what is stored: FNV-1a of
// 64 bits. It is kept in the file, so it must be the same in every process and version. It is written
// out because the library's takes memory for every text.
type fingerprint uint64

const fingerprintPrime = 1099511628211

func newFingerprint() fingerprint { return 14695981039346656037 }

// texts adds each text with its length, so that no two lists look alike.
func (f *fingerprint) texts(texts ...string) {
	for _, s := range texts {
		f.numbers(int64(len(s)))
		sum := *f
		for i := range len(s) {
			sum = (sum ^ fingerprint(s[i])) * fingerprintPrime
		}
		*f = sum
	}
}

func (f *fingerprint) numbers(numbers ...int64) {
	sum := *f
	for _, n := range numbers {
		for range 8 { // bytes, the lowest first
			sum = (sum ^ fingerprint(n&0xff)) * fingerprintPrime
			n >>= 8
		}
	}
	*f = sum
}

// kept is the form the file keeps; never 0.
func (f fingerprint) kept() int64 { return int64(f | 1) }
