package export

import "encoding/xml"

// mets is a METS document (Library of Congress, version 1) as far as CSIP and SIP
// demand it. Attributes bear their prefixes: the reader compares local names only.
type mets struct {
	XMLName xml.Name   `xml:"mets"`
	NS      string     `xml:"xmlns,attr"`
	CSIP    string     `xml:"xmlns:csip,attr"`
	SIP     string     `xml:"xmlns:sip,attr"`
	XLink   string     `xml:"xmlns:xlink,attr"`
	ID      string     `xml:"OBJID,attr"`
	Label   string     `xml:"LABEL,attr"`
	Type    string     `xml:"TYPE,attr"`
	Content string     `xml:"csip:CONTENTINFORMATIONTYPE,attr"`
	Profile string     `xml:"PROFILE,attr"`
	Header  metsHeader `xml:"metsHdr"`
	Files   metsFiles  `xml:"fileSec"`
	Map     metsMap    `xml:"structMap"`
}

type metsHeader struct {
	Created string      `xml:"CREATEDATE,attr"`
	Status  string      `xml:"RECORDSTATUS,attr"`
	Package string      `xml:"csip:OAISPACKAGETYPE,attr"`
	Agents  []metsAgent `xml:"agent"`
}

type metsAgent struct {
	Role  string    `xml:"ROLE,attr"`
	Type  string    `xml:"TYPE,attr"`
	Other string    `xml:"OTHERTYPE,attr,omitempty"`
	Name  string    `xml:"name"`
	Note  *metsNote `xml:"note"`
}

type metsNote struct {
	Type string `xml:"csip:NOTETYPE,attr"`
	Text string `xml:",chardata"`
}

type metsFiles struct {
	ID     string      `xml:"ID,attr"`
	Groups []metsGroup `xml:"fileGrp"`
}

type metsGroup struct {
	ID    string     `xml:"ID,attr"`
	Use   string     `xml:"USE,attr"`
	Type  string     `xml:"csip:CONTENTINFORMATIONTYPE,attr,omitempty"`
	Files []metsFile `xml:"file"`
}

type metsFile struct {
	ID           string       `xml:"ID,attr"`
	Media        string       `xml:"MIMETYPE,attr"`
	Size         int          `xml:"SIZE,attr"`
	Created      string       `xml:"CREATED,attr"`
	Checksum     string       `xml:"CHECKSUM,attr"`
	ChecksumType string       `xml:"CHECKSUMTYPE,attr"`
	Location     metsLocation `xml:"FLocat"`
}

type metsLocation struct {
	Type  string `xml:"LOCTYPE,attr"`
	XLink string `xml:"xlink:type,attr"`
	Href  string `xml:"xlink:href,attr"` // relative; names of records need no encoding
}

type metsMap struct {
	ID    string  `xml:"ID,attr"`
	Type  string  `xml:"TYPE,attr"`
	Label string  `xml:"LABEL,attr"`
	Div   metsDiv `xml:"div"`
}

type metsDiv struct {
	ID       string        `xml:"ID,attr"`
	Label    string        `xml:"LABEL,attr"`
	Pointers []metsPointer `xml:"fptr"`
	Divs     []metsDiv     `xml:"div"`
}

type metsPointer struct {
	File string `xml:"FILEID,attr"`
}
