// SPDX-License-Identifier: Apache-2.0

module example.com/fleet

go 1.19
