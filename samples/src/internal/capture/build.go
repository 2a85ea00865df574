// SPDX-License-Identifier: Apache-2.0

package capture

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const module = "example.com/fleet"

// builder turns the source into binaries.
type builder struct {
	src   string            // the module
	dir   string            // binaries go to dir/service/version/service
	tools map[string]string // go command by version
}

// checkTools makes sure that every toolchain is there and is what it claims.
func (b *builder) checkTools(versions []string) error {
	var missing []string
	for _, v := range versions {
		tool := b.tools[v]
		if tool == "" {
			missing = append(missing, v)
			continue
		}
		out, err := b.goCommand(tool, "env", "GOVERSION").Output()
		if err != nil {
			return fmt.Errorf("%s env GOVERSION: %w", tool, err)
		}
		got := strings.TrimSpace(string(out))
		if got != "go"+v && !strings.HasPrefix(got, "go"+v+".") {
			return fmt.Errorf("%s is %s, want go%s", tool, got, v)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("no toolchain for Go %s", strings.Join(missing, ", "))
	}
	return nil
}

func (b *builder) goCommand(tool string, args ...string) *exec.Cmd {
	cmd := exec.Command(tool, args...)
	cmd.Dir = b.src
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=local", "GOFLAGS=-mod=mod", "GOWORK=off", "CGO_ENABLED=0")
	return cmd
}

// build compiles a command and returns the path of the binary and what the
// compiler had to say.
func (b *builder) build(command, goVersion string, what Build) (binary string, log []byte, err error) {
	binary = filepath.Join(b.dir, command, what.Version, command)
	args := []string{
		"build", "-trimpath", "-buildvcs=false", "-o", binary,
		"-ldflags", "-X " + module + "/internal/platform/buildinfo.Version=" + what.Version,
	}
	if what.Tags != "" {
		args = append(args, "-tags", what.Tags)
	}
	if what.Escape != "" {
		args = append(args, "-gcflags="+module+"/...="+what.Escape)
	}
	cmd := b.goCommand(b.tools[goVersion], append(args, "./cmd/"+command)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return "", nil, fmt.Errorf("build %s %s with Go %s: %w\n%s", command, what.Version, goVersion, err, stderr.Bytes())
	}
	return binary, stderr.Bytes(), nil
}
