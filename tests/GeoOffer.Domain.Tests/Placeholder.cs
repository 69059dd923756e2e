namespace GeoOffer.Domain.Tests;
