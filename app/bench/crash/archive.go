package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// wholeArchive says whether a file is a workbook, or a zip of them, whose every
// part can be unpacked. No file, and the older one, are no fault.
func wholeArchive(path string, older []byte) (bool, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) || (err == nil && bytes.Equal(content, older)) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	parts, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return false, fmt.Errorf("a part of a file lies under its name: %w", err)
	}
	for _, part := range parts.File {
		r, err := part.Open()
		if err != nil {
			return false, err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return false, fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return true, nil
}

func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
