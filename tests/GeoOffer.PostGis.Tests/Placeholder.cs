namespace GeoOffer.PostGis.Tests;
