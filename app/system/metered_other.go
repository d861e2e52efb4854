//go:build !linux && !windows

package system

import "context"

func networkKind(context.Context) Network { return NetworkUnknown }
