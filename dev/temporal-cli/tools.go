//go:build tools

// Package tools pins the Temporal CLI that dev/temporalCli.ts builds.
package tools

import _ "github.com/temporalio/cli/cmd/temporal"
