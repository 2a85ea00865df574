// SPDX-License-Identifier: Apache-2.0
// An assembly file allows declarations without a body, which go:linkname needs.
